import { useWorkspace } from "../../app/workspace";
import type { Pipeline } from "../../core/api.generated";
import { IconButton } from "../../parts/IconButton";
import { Link } from "../../parts/Link";
import { Menu } from "../../parts/Menu";
import { listed } from "../../words/sentences";
import { words } from "../../words/pipelines";

interface Props {
  pipelines: readonly Pipeline[];
  editAddress: (pipeline: Pipeline) => string;
  makeDefault: (pipeline: Pipeline) => void;
  remove: (pipeline: Pipeline) => void;
}

export function PipelineTable({ pipelines, editAddress, makeDefault, remove }: Props) {
  const { permissions } = useWorkspace();
  const mayEdit = permissions.may("pipeline.edit");
  const mayDelete = permissions.may("pipeline.delete");
  return (
    <div className="table-scroll" role="region" aria-label={words.table} tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.stages}</th>
            <th scope="col">{words.default}</th>
            {(mayEdit || mayDelete) && <th scope="col">{words.change}</th>}
          </tr>
        </thead>
        <tbody>
          {pipelines.map((pipeline) => {
            const { id, display_name: name, stages, is_default } = pipeline;
            return (
              <tr key={id}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td data-label={words.stages}>
                  <span className="muted">{words.counted(stages.length)}</span>{" "}
                  <bdi>{listed(stages.map((stage) => stage.display_name))}</bdi>
                </td>
                <td>{is_default && <span className="tag tag-good">{words.default}</span>}</td>
                {(mayEdit || mayDelete) && (
                  <td className="table-actions">
                    {mayEdit && (
                      <Link
                        className="button-quiet"
                        to={editAddress(pipeline)}
                        aria-label={words.editOf(name)}
                      >
                        {words.edit}
                      </Link>
                    )}
                    {!is_default && (
                      <Menu
                        label={words.more(name)}
                        placement="bottom-end"
                        button={(button) => <IconButton icon="more" label={words.more(name)} {...button} />}
                        entries={[
                          mayEdit && { label: words.makeDefault, run: () => makeDefault(pipeline) },
                          mayDelete && {
                            label: words.delete(name),
                            danger: true,
                            run: () => remove(pipeline),
                          },
                        ]}
                      />
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
