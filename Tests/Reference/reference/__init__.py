"""Plain-PyTorch reference of the algorithms that syn2real's Swift code is tested against."""
