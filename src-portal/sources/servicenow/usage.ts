export const usage = `Usage: npm run portal -- import servicenow FILE.csv [options]

Loads an audit log of ServiceNow's incident table (one row per update) as tickets with their history: states,
priorities, reassignments, reopenings. Importing the same log again changes nothing; tickets on which somebody has
worked in the portal since are left as they are.

  --plan PLAN       plan of all customers: standard (default), premium or premium-plus
  --calendar ID     working calendar of all customers, and with it their region (emea-london)
  --zone ZONE       zone of the log's times, which name none: an IANA name such as America/New_York (UTC)
  --as-of INSTANT   the log as it stood at this moment, such as 2016-03-07T12:00Z: later rows have not happened yet
  --shift-to-now    move all times so that the log's last update (or --as-of) is now: its clocks run. A later import
                    keeps the shift of the first
  --data DIR        folder of the embedded database; stop a portal that uses it first
  --report FILE     write every row that could not be used, and why, as CSV
  --help

With DATABASE_URL in the environment the tickets go into that PostgreSQL database instead of an embedded one.
The people of the log have no tokens yet: npm run portal -- agents, then token create --agent ID.`
