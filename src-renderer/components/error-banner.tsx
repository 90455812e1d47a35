import { problemOf } from './problem.ts'
import { useWording } from './use-wording.ts'

/** Says what was refused and what to do, beside what was asked; nothing when all is well. */
export function ErrorBanner({ error }: { readonly error: unknown }) {
  const { say } = useWording()
  if (error === null || error === undefined) return null
  return (
    <p role="alert" className="problem">
      <span aria-hidden="true">✕ </span>
      {say(problemOf(error).sentence)}
    </p>
  )
}
