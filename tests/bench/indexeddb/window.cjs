// A hidden window of the real runtime that measures and prints one line of JSON. Folders come through the environment.
const { app, BrowserWindow, protocol } = require('electron')
const { readFile } = require('node:fs/promises')
const path = require('node:path')

const { BENCH_PAGE = '', BENCH_PROFILE = '' } = process.env
app.setPath('userData', BENCH_PROFILE)
protocol.registerSchemesAsPrivileged([{ scheme: 'bench', privileges: { standard: true, secure: true } }])

const types = { '.html': 'text/html', '.js': 'text/javascript' }

app.whenReady().then(async () => {
  protocol.handle('bench', async (request) => {
    const file = path.join(BENCH_PAGE, path.normalize(new URL(request.url).pathname))
    return new Response(await readFile(file), {
      headers: { 'content-type': types[path.extname(file)] ?? '' },
    })
  })
  const window = new BrowserWindow({ show: false, webPreferences: { backgroundThrottling: false } })
  try {
    await window.loadURL('bench://page/page.html')
    const result = await window.webContents.executeJavaScript('window.measured')
    process.stdout.write(`BENCH ${JSON.stringify(result)}\n`)
    app.exit(0)
  } catch (error) {
    process.stdout.write(`BENCH ${JSON.stringify({ error: String(error) })}\n`)
    app.exit(1)
  }
})
