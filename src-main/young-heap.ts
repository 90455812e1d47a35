import { setFlagsFromString } from 'node:v8'

/**
 * Called first of all: V8 lets the space for young objects grow to 16 MB in the first second and never gives it back. A till
 * has a few calls a second; it collects a little more often instead. Measured on an idle till: 120 MB of memory become 111.
 */
export function limitYoungHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
