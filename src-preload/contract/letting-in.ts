/*
 * How the browser door lets a page in. Its cookie is sent by the browser to every port of this machine, so the page
 * proves itself by a second secret, which the answer to the one-time address carries and the page keeps: the first
 * message of its socket, as it stands.
 */

/** Name of the `meta` element that carries the page's secret. */
export const pageSecretName = 'kaunta-secret'

/** Under this name the page keeps it, for reloads and for other tabs of the same address. */
export const pageSecretKept = 'kaunta.secret'

/** RFC 6455 §7.4.2: the close code that says: this page was not let in, or its secret is an old one. */
export const notLetIn = 4401
