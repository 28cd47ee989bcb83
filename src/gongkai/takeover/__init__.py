"""Taking an old government site over: its pages become records, its addresses lead to them (网站迁移整合)."""
