"""Files in chats: taken, checked, made harmless, kept, and handed out by short-lived links."""
