"""What must be indexed, marked in the transaction that changed it; the one worker that does it; the rebuild."""
