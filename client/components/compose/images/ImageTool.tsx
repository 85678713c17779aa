const TOOLS = {
  up: { path: 'M10 16.5v-13M4.5 9 10 3.5 15.5 9', name: (position: number) => `Move picture ${position} up` },
  down: { path: 'M10 3.5v13M4.5 11l5.5 5.5 5.5-5.5', name: (position: number) => `Move picture ${position} down` },
  remove: { path: 'M5 5l10 10M15 5 5 15', name: (position: number) => `Remove picture ${position}` },
}

type ImageToolProps = {
  kind: keyof typeof TOOLS
  /** Position of the image, from 1. */
  position: number
  isOff?: boolean
  onClick: () => void
}

/** A button of an image that is being added: an icon, named for the image. */
export function ImageTool({ kind, position, isOff = false, onClick }: ImageToolProps) {
  const { path, name } = TOOLS[kind]
  return (
    <button
      type="button"
      className="image-tool"
      aria-label={name(position)}
      title={name(position)}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onClick}
    >
      <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
}
