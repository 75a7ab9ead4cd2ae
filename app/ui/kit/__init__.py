"""Qt parts that know no screen: theme, icons, labels, tasks and widgets."""
