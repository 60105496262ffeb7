"""The pane and the pages in a real Chromium, with the app, the simulated tenant and Azurite behind them."""
