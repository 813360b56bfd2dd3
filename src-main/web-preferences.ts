/**
 * The web preferences of every window of ours; a window adds its preload, and the engine that it is not throttled.
 * Pages are sandboxed and without Node (reliability.md "Doors").
 */
export const webPreferences = Object.freeze({
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
  // It would fetch dictionaries from a host of Chromium's maker.
  spellcheck: false,
} as const)
