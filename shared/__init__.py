"""The front desk itself: one module a noun; `ls shared` is the feature list."""
