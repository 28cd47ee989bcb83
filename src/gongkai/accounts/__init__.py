"""People and what they may do: accounts, the officers' register, roles per unit and subtree, sign-on."""
