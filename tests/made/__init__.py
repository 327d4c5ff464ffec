"""What tests are made of: invented pages and registers, a strategist's desk, refusals, workbooks read back and computed anew."""
