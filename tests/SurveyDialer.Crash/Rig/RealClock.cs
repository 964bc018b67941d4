namespace SurveyDialer.Crash.Rig;

/// <summary>The system's clock: what is killed lives in real time.</summary>
internal sealed class RealClock : TimeProvider;
