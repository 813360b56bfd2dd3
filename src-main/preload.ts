import './jitless'
import { contextBridge, ipcRenderer } from 'electron'
import { contract, type Desk } from '#shared/ipc'
import { makeDesk } from './make-desk'

const desk: Desk = makeDesk(contract, {
  invoke: (channel, input) => ipcRenderer.invoke(channel, input),
  listen: (channel, listener) => {
    ipcRenderer.on(channel, (_event, payload: unknown) => listener(payload))
  },
})

contextBridge.exposeInMainWorld('desk', desk)
