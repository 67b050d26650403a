"""What the workbench does by itself, as actions."""
