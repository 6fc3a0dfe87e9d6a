"""How things look: cards, lists, menus, each as blocks. Pure: values in, a screen out."""
