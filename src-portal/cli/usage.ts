export const usage = {
  serve: `Usage: npm run portal -- [serve] [options]

Runs the support portal until it is stopped (Ctrl+C).

  --port N            port to listen on (7420; 0 for any free one)
  --host NAME         address to listen on (127.0.0.1). Others than loopback are plain HTTP: put TLS in front
  --data DIR          folder of the embedded database
  --calls-per-second N  calls each token may make (50), after twelve times as many in a row; each command counts as a
                      call. More are answered with 429 and Retry-After
  --max-streams N     event streams open at once (2000); further desks poll. A person has 8, then the oldest ends
  --keep-answers-days N  how long it is remembered which commands were taken (90, at least 7). A desk that was away for
                      longer asks its person about what it had not sent
  --demo              serve the demo workspace, made anew when its times are over; prints a token for each person
  --seed TEXT         which demo (meridian)
  --token-file FILE   with --demo: write address and tokens to a file that only you can read
  --json-ready        print one line of JSON, {url, tokens}, when ready
  --help

Without --data the embedded database is in your user's data folder. With DATABASE_URL in the environment
(postgres://USER:PASSWORD@HOST:PORT/NAME) the portal uses that PostgreSQL server instead.
GET /healthz says whether the process answers, /readyz whether it should get calls, /metrics what it does (for
Prometheus): the latter to callers on this machine, or with PORTAL_METRICS_TOKEN in the environment to those who send
it as a bearer token. GET /v1/openapi.json describes the calls.
PORTAL_LOG sets what is logged: debug, info (default), warn, error or silent.

Other commands: agents, token create, token revoke, import servicenow, restored, template. Each has --help.`,
  agents: `Usage: npm run portal -- agents [--data DIR]

Lists the agents of the workspace: id, role, region, name.`,
  token: `Usage: npm run portal -- token create --agent ID [--label TEXT] [--data DIR]
       npm run portal -- token revoke (--agent ID | --label TEXT | --token TOKEN) [--data DIR]

\`create\` prints a new token for an agent; it can't be shown again. \`revoke\` ends tokens at once: all of an agent,
those with a label, or one.

An embedded database is used by one process at a time: stop the portal first, or use DATABASE_URL.`,
  restored: `Usage: npm run portal -- restored [--data DIR]

To be run once after the database was put back from a backup. Desks may have seen changes that are now undone; this
makes them fetch everything again, and what was written on them is sent again. The portal notices most restores by
itself; this is for those it can't see, such as a machine set back to a snapshot. Doing it without need costs each desk
one first sync. With DATABASE_URL portals may run meanwhile; an embedded database is used by one process at a time.`,
  template: `Usage: npm run portal -- template FILE

Writes an archive of an initialised, empty database, from which a portal is ready within a second. Does nothing when
the file is newer than the installed PGlite.`,
} as const
