"""How good it is: graphs and attributions against gold ones."""
