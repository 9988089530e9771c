// LeadsTests
