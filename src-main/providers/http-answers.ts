/**
 * What an HTTP answer proves by itself: one table for every network and message provider. Codes of a vendor stand above
 * it only where the status leaves room for them.
 */

/** The request may be under way, or was done before: time-out, conflict, too early, closed by the client (nginx). */
const underWay: ReadonlySet<number> = new Set([408, 409, 425, 499])

/** True where nothing can have happened: the request was at fault (RFC 9110 §15.5). Every other status may hide a success. */
export function provesNothingHappened(status: number): boolean {
  return status >= 400 && status < 500 && !underWay.has(status)
}

/** True where no code beside the status can prove that nothing happened; redirects and interim answers are among them. */
export function mayHide(status: number): boolean {
  return status < 200 || (status >= 300 && status < 400) || underWay.has(status)
}

const tokenWords =
  /invalid[ _-]?(?:access[ _-]?)?token|(?:access[ _-]?)?token[^.]{0,20}(?:is |has |was )?(?:invalid|expired|revoked|not valid)|expired[ _-]?(?:access[ _-]?)?token/i

/** True where the session's token was refused, in whatever words: then the call did nothing, and a new token may help. */
export function refusesToken({ status, text }: { readonly status: number; readonly text: string }): boolean {
  return status === 401 || (status >= 400 && !mayHide(status) && tokenWords.test(text))
}
