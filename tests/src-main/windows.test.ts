import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { afterClose, hasTray } from '../../src-main/after-close'
import { webPreferences } from '../../src-main/web-preferences'
import { besideOthers, reachablePlace, readPlace, writePlace } from '../../src-main/window-place'
import { readZoom, zoomAfter } from '../../src-main/zoom'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'windows-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('pages get nothing of Node and nothing that Chromium would refuse by default', () => {
  expect(Object.isFrozen(webPreferences)).toBe(true)
  expect(webPreferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
  })
})

describe('closing the console', () => {
  test.each([
    ['linux', true, true, 'keep'],
    ['linux', true, false, 'quit'],
    ['linux', false, true, 'quit'],
    ['win32', true, true, 'keep'],
    ['win32', true, false, 'quit'],
    ['darwin', true, false, 'keep'],
  ] as const)('on %s with a tray %s, signed in %s: %s', (platform, tray, signedIn, what) => {
    expect(afterClose({ platform, tray, signedIn })).toBe(what)
  })

  test.each([
    ['linux', undefined, false],
    ['linux', 'GNOME', false],
    ['linux', 'ubuntu:GNOME', true],
    ['linux', 'KDE', true],
    ['win32', undefined, true],
    ['darwin', undefined, true],
  ] as const)('a tray on %s with %s is seen: %s', (platform, desktop, seen) => {
    expect(hasTray(platform, desktop)).toBe(seen)
  })
})

describe('the place of the window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  const second = { x: 1920, y: 200, width: 1280, height: 1024 }
  const at = (x: number, y: number) => ({ x, y, width: 1280, height: 800, maximized: false })

  test.each([
    ['in the middle', at(300, 100), [screen], true],
    ['partly off to the left', at(-1000, 100), [screen], true],
    ['off to the left', at(-1270, 100), [screen], false],
    ['above the screen', at(300, -500), [screen], false],
    ['below the screen', at(300, 1070), [screen], false],
    ['on the second screen', at(2000, 300), [screen, second], true],
    ['on a second screen that is gone', at(2000, 300), [screen], false],
  ])('%s is used again if it can be reached', (_where, place, screens, used) => {
    expect(reachablePlace(place, screens)).toEqual(used ? place : undefined)
  })

  test.each([
    ['where no other is', [], at(300, 100)],
    ['where others are elsewhere', [{ x: 10, y: 10 }], at(300, 100)],
    ['where one is', [{ x: 300, y: 100 }], at(328, 128)],
    [
      'where a row of them is',
      [
        { x: 300, y: 100 },
        { x: 356, y: 156 },
        { x: 328, y: 128 },
      ],
      at(384, 184),
    ],
  ])('%s: moved aside until both can be seen', (_where, others, place) => {
    expect(besideOthers(at(300, 100), others)).toEqual(place)
  })

  it('survives a restart; anything unreadable counts as none', async () => {
    const file = path.join(folder, 'window.json')
    expect(await readPlace(file)).toBeUndefined()
    await writePlace(file, at(5, 6))
    expect(await readPlace(file)).toEqual(at(5, 6))
    for (const text of ['', '{', '{"x":1}', '{"x":1,"y":1,"width":1,"height":1,"maximized":false}']) {
      await writeFile(file, text)
      expect(await readPlace(file), text).toBeUndefined()
    }
  })
})

describe('the zoom', () => {
  test.each([
    [100, 'larger', 110],
    [100, 'smaller', 90],
    [110, 'larger', 125],
    [200, 'larger', 200],
    [80, 'smaller', 80],
    [175, 'usual', 100],
    [125, 'as-is', 125],
    // Of an earlier version, or written by hand.
    [137, 'larger', 150],
    [137, 'smaller', 125],
  ] as const)('at %i %% %s leads to %i %%', (percent, step, next) => {
    expect(zoomAfter(percent, step)).toBe(next)
  })

  test.each([
    [undefined, 100],
    ['{"percent":150}', 150],
    ['{"percent":20}', 100],
    ['{"percent":"150"}', 100],
    ['{', 100],
  ])('kept as %s it is %i %% at the next start', async (text, percent) => {
    const file = path.join(folder, 'zoom.json')
    await rm(file, { force: true })
    if (text !== undefined) await writeFile(file, text)
    expect(await readZoom(file)).toBe(percent)
  })
})
