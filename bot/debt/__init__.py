"""Pure calculation over debts: money, rates, budgets, plans."""
