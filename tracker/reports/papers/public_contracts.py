"""What a public paper says of contracts and suppliers: nothing where none is published."""

from collections.abc import Mapping

from tracker.entities import Contract, Supplier
from tracker.reports.model import Bullets, Section
from tracker.rules.day import Day
from tracker.rules.reading import amount, money_text
from tracker.rules.wording import listed, optional, show_date
from tracker.text import natural_order


def contracts(day: Day, words: Mapping[str, str]) -> tuple[Section, ...]:
    """Return the published contracts and the suppliers without one; ``words`` say which kind of nothing a value is."""
    published = sorted(day.all(Contract), key=lambda contract: natural_order(contract.ref))
    lines = [_line(day, contract, words) for contract in published]
    named = {contract.supplier for contract in published}
    others = [supplier.name for supplier in day.all(Supplier) if supplier.uid not in named]
    if others:
        lines.append(f"Suppliers: {listed(sorted(others))}.")
    if not lines:
        return ()
    return (Section("contracts", "Contracts and suppliers", (Bullets(tuple(lines)),)),)


def _line(day: Day, contract: Contract, words: Mapping[str, str]) -> str:
    supplier = day.get(Supplier, contract.supplier)
    whose = optional(" (", supplier and supplier.name, ")")
    value = words.get(day.nothing(contract, "value").kind, "not given").lower()
    if contract.value is not None:
        currency = day.about.currency or ""  # which is said where the programme is published
        value = money_text(contract.value, currency) if currency else amount(contract.value)
    until = optional(", until ", contract.ends_on and show_date(contract.ends_on))
    return f"{contract.title}{whose}: value {value}{until}."
