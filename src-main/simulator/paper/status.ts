/**
 * What a printer says of itself, byte by byte. Sources: ESC/POS as in the printing facts §6; Star from the "STAR Line
 * Mode Command Specifications", appendix 2 (automatic status), which StarPRNT shares.
 */

/** What is wrong with the mechanism, if anything. */
export interface MechanismState {
  readonly coverOpen: boolean
  readonly paperOut: boolean
  readonly paperLow: boolean
  readonly cutterError: boolean
  /** Its switch pulls connector pin 3 high. */
  readonly drawerOpen: boolean
}

export const soundMechanism: MechanismState = {
  coverOpen: false,
  paperOut: false,
  paperLow: false,
  cutterError: false,
  drawerOpen: false,
}

/** Such a printer takes nothing from its buffer. */
export function isOffline(state: MechanismState): boolean {
  return state.coverOpen || state.paperOut || state.cutterError
}

/** The sum of the bits that are set. */
function bits(...set: readonly (readonly [boolean, number])[]): number {
  return set.reduce((sum, [on, bit]) => sum | (on ? bit : 0), 0)
}

/** ESC/POS `DLE EOT n`; null for questions of other kinds of printers. Bits 1 and 4 are always set. */
export function realTimeStatus(question: number, state: MechanismState): number | null {
  const fixed = 0x12
  if (question === 1) return fixed | bits([isOffline(state), 0x08], [state.drawerOpen, 0x04])
  if (question === 2)
    return fixed | bits([state.coverOpen, 0x04], [state.paperOut, 0x20], [state.cutterError, 0x40])
  if (question === 3) return fixed | bits([state.cutterError, 0x08])
  // A roll that is out is near its end, too.
  if (question === 4) return fixed | bits([state.paperLow || state.paperOut, 0x0c], [state.paperOut, 0x60])
  return null
}

/** ESC/POS `GS r n`: 1 is the paper, 2 the drawer. Null for other questions. */
export function queuedStatus(question: number, state: MechanismState): number | null {
  if (question === 1 || question === 49)
    return bits([state.paperLow || state.paperOut, 0x03], [state.paperOut, 0x0c])
  return question === 2 || question === 50 ? bits([state.drawerOpen, 0x01]) : null
}

/** ESC/POS automatic status: four bytes. */
export function automaticStatus(state: MechanismState): Uint8Array {
  return Uint8Array.of(
    0x10 | bits([state.drawerOpen, 0x04], [isOffline(state), 0x08], [state.coverOpen, 0x20]),
    bits([state.cutterError, 0x08]),
    bits([state.paperLow || state.paperOut, 0x03], [state.paperOut, 0x0c]),
    0,
  )
}

/** How far Star printing has come: `ETB` counts up, modulo 32, when what stands before it is on paper. */
export interface StarProgress {
  readonly executed: boolean
  readonly count: number
}

/** Star automatic status: nine bytes, of which two are headers (length 9, version 3). */
export function starStatus(state: MechanismState, progress: StarProgress): Uint8Array {
  const { count } = progress
  return Uint8Array.of(
    0x23,
    0x06,
    bits(
      [state.coverOpen, 0x20],
      [isOffline(state), 0x08],
      [state.drawerOpen, 0x04],
      [progress.executed, 0x02],
    ),
    bits([state.cutterError, 0x08]),
    0,
    bits([state.paperOut, 0x08], [state.paperLow || state.paperOut, 0x04]),
    0,
    // Counter bits 0 to 2 are bits 1 to 3, counter bits 3 and 4 are bits 5 and 6.
    ((count & 0x07) << 1) | ((count & 0x18) << 2),
    0,
  )
}
