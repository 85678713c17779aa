type UnreachedNoteProps = {
  /** Mentioned users who will not see the activity. */
  handles: readonly string[]
  audience: string | undefined
}

/** Warns that mentioned users will not see what is about to be sent. Without script it is sent when the button is pressed again. */
export function UnreachedNote({ handles, audience }: UnreachedNoteProps) {
  return (
    <p className="unreached" role="status">
      {unreachedSentence(handles, audience)} Press Crud again to send it anyway.
      <input type="hidden" name="unreached" value={handles.join(' ')} />
    </p>
  )
}

/** Returns "@ben does not follow you, so will not see this." */
export function unreachedSentence(handles: readonly string[], audience: string | undefined): string {
  const names = new Intl.ListFormat('en').format(handles.map((handle) => `@${handle}`))
  const isOne = handles.length === 1
  const why =
    audience === 'circle' ? `${isOne ? 'is' : 'are'} not in your circle` : `${isOne ? 'does' : 'do'} not follow you`
  return `${names} ${why}, so will not see this.`
}
