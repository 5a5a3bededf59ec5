"""A company that assesses itself: its workspace, its result, its peers and its gaps."""
