/** Returns the text of a form's field; '' if the form lacks it, or it is a file. */
export const field = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
