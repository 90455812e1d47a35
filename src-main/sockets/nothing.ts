/** Hears an error so that it ends nothing: whoever it happened to is gone, and there is nobody to tell. */
export function nothing(): void {}
