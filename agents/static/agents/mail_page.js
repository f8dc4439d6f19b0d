// The page for e-mail: what becomes of a test mail.

import "./test_results.js";
