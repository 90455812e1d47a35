import { EventEmitter } from 'node:events'

/**
 * The planted fault, loaded before the product: sockets and clients lose the listener for errors that their one place
 * gives them (`src-main/sockets/`, where it is called `nothing`).
 */
const { on } = EventEmitter.prototype
EventEmitter.prototype.on = function deaf(name, listener) {
  return name === 'error' && listener.name.startsWith('nothing') ? this : on.call(this, name, listener)
}
EventEmitter.prototype.addListener = EventEmitter.prototype.on
