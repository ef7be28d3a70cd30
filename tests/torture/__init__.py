"""Proofs that nothing which happens to the machine loses an acknowledged document; ARCHITECTURE.md lists them."""
