import { Fragment, type ReactNode, useState } from "react";
import { useUndoable } from "../app/useUndoable";
import { useWorkspace } from "../app/workspace";
import { draftOf, type Drafts, filledIn } from "../core/fieldDraft";
import { type Field, isFilled } from "../core/fields";
import { fieldText } from "../core/fieldText";
import { changeLinks, type Link as Linked, linksIn, withLink, withoutLink } from "../core/links";
import { explainInLine, FieldRefusal } from "../core/problem";
import { type Rec, recordAddress, type RecordKind } from "../core/recordKind";
import { Field as LabelledField } from "../parts/Field";
import { FormDialog } from "../parts/FormDialog";
import { Icon } from "../parts/Icon";
import { IconButton } from "../parts/IconButton";
import { Link } from "../parts/Link";
import { Section } from "../parts/Section";
import { useForm } from "../parts/useForm";
import { words } from "../words/links";
import { FieldControl } from "./FieldControl";

interface Props {
  kind: RecordKind;
  record: Rec;
  /** The field that has the links. */
  field: string;
  /** The kind that the record is linked with. */
  of: RecordKind;
  /** The field of a link that has the other record. */
  link: Field;
  /** Further fields of a link. */
  details: readonly Field[];
  /** What a detail shows instead of its text; undefined for the text. */
  view?: (detail: Field, value: unknown) => ReactNode;
  title: string;
}

/** The records that a record is linked with, and their details: added, changed and removed in place. */
export function LinkedRecords(props: Props) {
  const { kind, record, field, of, link, details, view, title } = props;
  const { records, permissions, directory, notices } = useWorkspace();
  const undoable = useUndoable();
  const [opened, setOpened] = useState<Linked | null>(null);
  const { names } = directory;
  const links = linksIn(record, field);
  const mayEdit = permissions.mayEdit(kind, record);
  const idOf = (each: Linked) => String(each[link.name] ?? "");
  const remove = async (each: Linked) => {
    const name = names.record(idOf(each));
    const change = (how: (links: readonly Linked[]) => readonly Linked[]) =>
      changeLinks(records, kind, record.id, field, how);
    try {
      await change((present) => withoutLink(present, link.name, idOf(each)));
      const takeBack = async () => void (await change((present) => withLink(present, link.name, each)));
      undoable({ label: words.removed(name), takeBack, about: record.id });
    } catch (failure) {
      notices.failed(explainInLine(failure));
    }
  };
  return (
    <Section title={title}>
      {links.length === 0 && <p className="muted">{words.none(of)}</p>}
      <ul className="related">
        {links.map((each) => {
          const said = details.filter(({ name }) => isFilled(each[name]));
          return (
            <li key={idOf(each)}>
              <span className="related-what">
                <Link to={recordAddress(of, idOf(each))}>
                  <bdi>{names.record(idOf(each)) || of.one}</bdi>
                </Link>
                {said.length > 0 && (
                  <span className="muted">
                    {said.map((detail, place) => (
                      <Fragment key={detail.name}>
                        {place > 0 && " · "}
                        {view?.(detail, each[detail.name]) ??
                          detailText(detail, fieldText(detail, each[detail.name], names))}
                      </Fragment>
                    ))}
                  </span>
                )}
              </span>
              {mayEdit && (
                <>
                  <IconButton
                    icon="edit"
                    label={words.change(names.record(idOf(each)))}
                    onClick={() => setOpened(each)}
                  />
                  <IconButton
                    icon="close"
                    label={words.remove(names.record(idOf(each)))}
                    onClick={() => void remove(each)}
                  />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {mayEdit && (
        <button type="button" className="button-quiet" onClick={() => setOpened({})}>
          <Icon name="plus" />
          {words.add(of)}
        </button>
      )}
      {opened !== null && <LinkDialog {...props} opened={opened} onClose={() => setOpened(null)} />}
    </Section>
  );
}

/** A day, with its label. */
function detailText(detail: Field, text: string): string {
  return detail.kind === "date" ? `${detail.label} ${text}` : text;
}

/** Asks which record to link, or for the details of a link. */
function LinkDialog({ kind, record, field, of, link, details, opened, onClose }: Props & { opened: Linked; onClose: () => void }) {
  const { records, directory } = useWorkspace();
  const { names } = directory;
  const isNew = !isFilled(opened[link.name]);
  const fields = isNew ? [link, ...details] : details;
  const form = useForm<Drafts>({
    initial: Object.fromEntries(fields.map((each) => [each.name, draftOf(each, opened[each.name])])),
    send: async (drafts) => {
      const values = { [link.name]: opened[link.name], ...filledIn(fields, drafts, names.money) };
      const id = values[link.name];
      if (!isFilled(id)) throw new FieldRefusal({ [link.name]: words.choose(of) });
      if (isNew && linksIn(record, field).some((each) => each[link.name] === id)) {
        throw new FieldRefusal({ [link.name]: words.twice(names.record(String(id))) });
      }
      await changeLinks(records, kind, record.id, field, (present) => withLink(present, link.name, values));
    },
    onDone: onClose,
  });
  return (
    <FormDialog
      title={isNew ? words.add(of) : words.change(names.record(String(opened[link.name])))}
      action={isNew ? words.add(of) : words.save}
      form={form}
      onClose={onClose}
    >
      {fields.map((each) => (
        <LabelledField
          key={each.name}
          label={each.label}
          error={form.errors[each.name]}
          control={(wiring) => (
            <FieldControl
              field={each}
              draft={form.values[each.name] ?? draftOf(each, null)}
              onChange={(next) => form.set({ [each.name]: next })}
              {...wiring}
            />
          )}
        />
      ))}
    </FormDialog>
  );
}
