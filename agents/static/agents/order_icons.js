// Drawings of what keeps chats in order, beside those of icons.js.

export const AGAIN = "M15.5 8A6 6 0 1 0 16 11m0-7v4h-4";
export const MOON = "M16 12a7 7 0 1 1-8-8 5.5 5.5 0 0 0 8 8z";
export const TAG = "M3 3h7l7 7-7 7-7-7zM6.6 6.6h.01";
