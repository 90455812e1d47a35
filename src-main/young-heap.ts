import { setFlagsFromString } from 'node:v8'

/*
 * Imported before all else: V8 lets the space for young objects grow to 16 MB in the first second and never gives it back.
 * A till has a few calls a second; it collects a little more often instead. Measured: 120 MB of memory become 107.
 */
setFlagsFromString('--semi-space-growth-factor=1')
