"""What several rules want to know of a stack: its network, its policies, who delivers to whom. Made once a stack."""
