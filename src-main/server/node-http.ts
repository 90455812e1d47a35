/**
 * Node's HTTP server, taken from the process: an `import` of node:http from an ES module also evaluates its WebSocket
 * export and so loads Node's own fetch, a seventh of the time from start to first dispatch (npm run bench, start.ms).
 */
export const { createServer } = process.getBuiltinModule('node:http')
