export default function NewImportScreen(_: { id?: string; section?: string }) { return <div className="screen">NewImportScreen</div>; }
