export default function Stub(_: { readonly tab?: string | undefined; readonly onClose?: () => void }) {
  return null
}
