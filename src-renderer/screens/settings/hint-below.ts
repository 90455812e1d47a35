/** A field's hint under it, so that fields in one row stand level whatever their hints. */
export const hintBelow: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]
