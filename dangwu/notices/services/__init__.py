"""What is done with notices: drafted, changed, discarded, sent; which ways are open; numbers opened to send to."""
