"""What some tests need beside Python: private servers, ended by their process id, and a browser."""
