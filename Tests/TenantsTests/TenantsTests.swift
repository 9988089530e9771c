// TenantsTests
