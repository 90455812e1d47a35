import { contextBridge, ipcRenderer } from 'electron'

// All that the page gets: the knowledge that it is in a window, and one port that carries the contract.
contextBridge.exposeInMainWorld('kaunta', Object.freeze({ desktop: true }))

ipcRenderer.on('port', (event) => {
  window.postMessage('kaunta:port', window.location.origin, event.ports)
})

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === 'kaunta:ready') ipcRenderer.send('ready')
})
