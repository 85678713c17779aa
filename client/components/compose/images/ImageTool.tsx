const TOOLS = {
  up: { path: 'M10 16.5v-13M4.5 9 10 3.5 15.5 9', name: (place: number) => `Move picture ${place} up` },
  down: { path: 'M10 3.5v13M4.5 11l5.5 5.5 5.5-5.5', name: (place: number) => `Move picture ${place} down` },
  remove: { path: 'M5 5l10 10M15 5 5 15', name: (place: number) => `Remove picture ${place}` },
}

type ImageToolProps = {
  kind: keyof typeof TOOLS
  /** Position of the image, from 1. */
  place: number
  isOff?: boolean
  onClick: () => void
}

/** A button of an image that is being added: an icon, named for the image. */
export function ImageTool({ kind, place, isOff = false, onClick }: ImageToolProps) {
  const { path, name } = TOOLS[kind]
  return (
    <button
      type="button"
      className="image-tool"
      aria-label={name(place)}
      title={name(place)}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onClick}
    >
      <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
}
