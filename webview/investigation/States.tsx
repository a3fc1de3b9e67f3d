import { useState } from 'preact/hooks';
import type { IndexProgress } from '../../src/protocol/tableProtocol';
import type { InvestigationPhase, OpenTableInfo } from '../../src/protocol/investigationProtocol';
import { visibleText } from '../../src/core/text';
import { count, t } from '../common/text';
import { Button } from '../ui/Button';
import type { InvestigationModel } from './investigationModel';
import type { InvestigationViewState } from './investigationState';

interface StateProps {
  readonly model: InvestigationModel;
  readonly state: InvestigationViewState;
}

/** What to do first, when there are no sources. */
export function Welcome({ model }: Pick<StateProps, 'model'>) {
  return (
    <section class="state" aria-label={t('Getting started')}>
      <h2>{t('Nothing to investigate yet')}</h2>
      <p>
        {t(
          'Choose a folder of CloudTrail logs, such as a synced bucket. They are indexed here, on this machine, and nothing leaves it.',
        )}
      </p>
      <div class="state-buttons">
        <Button appearance="primary" onClick={() => model.post({ kind: 'addFolder' })}>
          {t('Choose Folder…')}
        </Button>
        <Button onClick={() => model.post({ kind: 'openSamples' })}>{t('Try with Sample Logs')}</Button>
      </div>
      <p class="muted">
        {t('You can also drop a folder here while holding Shift, or use the menu of a folder in the Explorer.')}
      </p>
    </section>
  );
}

/** Sources that nobody has asked about yet, or whose reading was cancelled. */
export function Unread({ model, state }: StateProps) {
  return (
    <section class="state" aria-label={t('Not read')}>
      <h2>{t('The sources have not been read')}</h2>
      <SourceList sources={state.sources} />
      <ReadButtons model={model} read={t('Read Them')} />
    </section>
  );
}

export function Failed({ model, state, reason }: StateProps & { readonly reason: string }) {
  return (
    <section class="state" role="alert">
      <h2>{t('The sources could not be read')}</h2>
      <p class="problem-error">{reason}</p>
      <SourceList sources={state.sources} />
      <ReadButtons model={model} read={t('Try Again')} />
    </section>
  );
}

function ReadButtons({ model, read }: Pick<StateProps, 'model'> & { readonly read: string }) {
  return (
    <div class="state-buttons">
      <Button appearance="primary" onClick={() => model.post({ kind: 'read' })}>
        {read}
      </Button>
      <Button onClick={() => model.post({ kind: 'addFolder' })}>{t('Choose Folder…')}</Button>
    </div>
  );
}

/** Sources in which there are no events. */
export function NoneFound({ model, state, table }: StateProps & { readonly table: OpenTableInfo }) {
  return (
    <section class="state" aria-label={t('No events')}>
      <h2>{t('No CloudTrail events were found')}</h2>
      <p>
        {t(
          '{0} files were looked at, {1} of them are no logs.',
          count(table.files + table.passedOver),
          count(table.passedOver),
        )}
      </p>
      <SourceList sources={state.sources} />
      <UnreadableFiles table={table} />
      <div class="state-buttons">
        <Button appearance="primary" onClick={() => model.post({ kind: 'addFolder' })}>
          {t('Choose Folder…')}
        </Button>
        <Button onClick={() => model.post({ kind: 'refresh' })}>{t('Read Again')}</Button>
      </div>
    </section>
  );
}

function SourceList({ sources }: { readonly sources: readonly string[] }) {
  return (
    <ul class="source-list mono">
      {sources.map((source) => (
        <li key={source}>{visibleText(source)}</li>
      ))}
    </ul>
  );
}

export interface ReadingProps {
  readonly phase: InvestigationPhase & { readonly kind: 'reading' };
}

/** How far reading is, with a way to end it; and that it is not over when its first events are on the screen already. */
export function Reading({ model, phase }: Pick<StateProps, 'model'> & ReadingProps) {
  const { progress, preview } = phase;
  const share = progress === null || progress.totalBytes === 0 ? null : progress.bytes / progress.totalBytes;
  return (
    <div class="reading">
      {preview !== null && (
        <strong key="preview" role="status">
          {previewText(preview)}
        </strong>
      )}
      <progress aria-label={t('Reading the logs')} {...(share !== null && { value: share })} max={1} />
      {/* Nobody is told of each step who is told that there are events. */}
      <span {...(preview === null && { role: 'status' })}>
        {progress === null ? t('Reading the logs') : progressText(progress)}
      </span>
      <button type="button" class="tool" onClick={() => model.post({ kind: 'cancelReading' })}>
        {t('Cancel')}
      </button>
    </div>
  );
}

function previewText({ rowCount, files }: OpenTableInfo): string {
  return files === 1
    ? t('These are the first {0} events of one log. The rest is being read.', count(rowCount))
    : t('These are the first {0} events of {1} logs. The rest is being read.', count(rowCount), count(files));
}

function progressText({ phase, files, totalFiles, bytes, totalBytes, records }: IndexProgress): string {
  switch (phase) {
    case 'listing':
      return t('Listing files: {0} so far', count(Math.max(files, totalFiles)));
    case 'reading':
      return t(
        'Reading: {0} of {1} files, {2} of {3} MB, {4} events',
        count(files),
        count(totalFiles),
        count(Math.round(bytes / 1e6)),
        count(Math.round(totalBytes / 1e6)),
        count(records),
      );
    case 'merging':
      return t('Putting {0} events in order', count(records));
    case 'rules':
      return t('Asking the rules about {0} events', count(records));
  }
}

/** What is worth knowing about the table: files that could not be read, duplicates, events without a time, rules not asked. */
export function Notices({ table }: { readonly table: OpenTableInfo }) {
  const [open, setOpen] = useState(false);
  const notes = [
    ...(table.duplicates > 0 ? [t('Duplicates, counted once: {0}', count(table.duplicates))] : []),
    ...(table.undated > 0 ? [t('Events without a time, listed last: {0}', count(table.undated))] : []),
    ...(table.rulesToSearch > 0
      ? [t('Your rules still being asked of the records: {0}', count(table.rulesToSearch))]
      : []),
    ...(table.rulesNotAsked !== null
      ? [t('Your rules could not be asked: {0}', visibleText(table.rulesNotAsked))]
      : []),
  ];
  if (table.unreadableCount === 0 && notes.length === 0) return null;
  return (
    <div class="notices">
      {table.unreadableCount > 0 && (
        <button type="button" class="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span class="notice-sign" aria-hidden="true">
            ⚠{' '}
          </span>
          {t(
            '{0} of {1} files could not be read whole',
            count(table.unreadableCount),
            count(Math.max(table.files, table.unreadableCount)),
          )}
        </button>
      )}
      {notes.map((note) => (
        <span key={note} class="muted">
          {note}
        </span>
      ))}
      {open && <UnreadableFiles table={table} />}
    </div>
  );
}

function UnreadableFiles({ table: { unreadable, unreadableCount } }: { readonly table: OpenTableInfo }) {
  if (unreadableCount === 0) return null;
  return (
    <div class="unreadable" role="region" tabIndex={0} aria-label={t('Files that could not be read whole')}>
      <ul>
        {unreadable.map(({ path, records, reasons }) => (
          <li key={path}>
            <span class="mono">{visibleText(path)}</span>{' '}
            <span class="muted">
              {records > 0 ? t('{0} events could be read.', count(records)) : t('Nothing could be read.')}
            </span>{' '}
            {visibleText(reasons.join(' '))}
          </li>
        ))}
        {unreadableCount > unreadable.length && (
          <li class="muted">{t('{0} more', count(unreadableCount - unreadable.length))}</li>
        )}
      </ul>
    </div>
  );
}
