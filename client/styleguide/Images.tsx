import type { UploadedImage } from '../../worker/contract/image.ts'
import { ComposeForm } from '../components/compose/ComposeForm.tsx'
import { ImageItem } from '../components/compose/images/ImageItem.tsx'
import { imageSentence } from '../components/compose/images/image-sentence.ts'
import type { Upload } from '../components/compose/images/uploads.ts'
import { mira } from './fixtures.ts'
import { Section, Specimen } from './Specimen.tsx'

const SRC = '/icon-512.png'
const image: UploadedImage = { uuid: '', url: SRC, width: 512, height: 512, placeholder: '' }
const file = new File([], 'photo.jpg')

const UPLOADS: [name: string, upload: Omit<Upload, 'id'>, problem?: string][] = [
  ['being sent', { src: SRC, file, alt: '', sent: 0.6 }],
  ['uploaded', { src: SRC, file, image, alt: 'Low tide at six in the morning, with two herons.' }],
  ['not described', { src: SRC, file, image, alt: '' }, 'alt_blank'],
  ['to be tried again', { src: SRC, file, alt: 'A heron.', error: 'pictures_unavailable' }, 'pictures_unavailable'],
  ['no picture', { src: SRC, file, alt: '', error: 'image_type_unsupported' }, 'image_type_unsupported'],
  ['nearly too long', { src: SRC, file, image, alt: 'Tides, mud, birds. '.repeat(52) }],
]
const noop = () => {}

/** Adding images: each state with script, and the fields without. */
export function Images() {
  return (
    <Section title="Images">
      <Specimen name={UPLOADS.map(([name]) => name).join(' · ')}>
        <div className="compose">
          <div className="compose-footer">
            <div className="image-panel">
              <ol aria-label="Pictures">
                {UPLOADS.map(([name, upload, problem], i) => (
                  <ImageItem
                    key={name}
                    upload={{ ...upload, id: i }}
                    position={i + 1}
                    count={UPLOADS.length}
                    error={problem && imageSentence(problem)}
                    hintId=""
                    onDescribe={noop}
                    onMove={noop}
                    onRemove={noop}
                    onRetry={noop}
                  />
                ))}
              </ol>
            </div>
          </div>
        </div>
      </Specimen>
      <Specimen name="without script, after a refusal">
        <ComposeForm
          viewer={mira}
          action="/styleguide"
          failure={{
            values: {
              message: 'Low tide.',
              images: JSON.stringify([{ ...image, url: '/media/images/x', alt: 'A heron.' }]),
              alt_1: 'Another heron.',
            },
            errors: [{ code: 'image_type_unsupported', field: 'file_1' }],
          }}
        />
      </Specimen>
    </Section>
  )
}
