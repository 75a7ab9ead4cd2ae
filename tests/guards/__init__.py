"""pytest plugins that keep every test inside its own sand pit and make silence mean success."""
