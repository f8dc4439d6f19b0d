"""What managers set: hours, queues, people. Plain pages and forms; every change is an action of the desk."""
