"""Requests of the REST benchmarks, for wrk."""

CREATE = """
local count = 0
math.randomseed(os.time())
local run = math.random(1, 1000000000)
request = function()
  count = count + 1
  return wrk.format("POST", "/api/v1/leads", nil, string.format(
    '{"last_name":"Doe","email":"u%d.%d@example.com","company_name":"Acme Ltd"}', run, count))
end
"""

SEARCH = """
local words = {"smith", "mar", "johnson", "logistics", "anna", "garcia", "labs", "miller", "example"}
local count = 0
request = function()
  count = count + 1
  return wrk.format("GET", "/api/v1/leads?page_size=50&query=" .. words[count % #words + 1])
end
"""

# What the list screen asks for, as src/core/types.ts has it.
LIST_SCREEN = ("&fields=id,etag,first_name,last_name,email,phone,phone_valid,company_name,source,status,"
               "owner_id,score,band,create_time,last_activity_time")
