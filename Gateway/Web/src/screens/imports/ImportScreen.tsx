export default function ImportScreen(_: { id?: string; section?: string }) { return <div className="screen">ImportScreen</div>; }
