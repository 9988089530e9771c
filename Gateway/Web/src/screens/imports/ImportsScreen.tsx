export default function ImportsScreen(_: { id?: string; section?: string }) { return <div className="screen">ImportsScreen</div>; }
