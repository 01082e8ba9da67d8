"""The methods that the paper compares with: Monkey-Net and X2Face."""
